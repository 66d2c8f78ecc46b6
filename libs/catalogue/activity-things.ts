import type { CountedThing } from './counted-thing';
import { label } from './label';

/** Activities, publicity and volunteers. */
export const ACTIVITY_THINGS = [
  {
    key: 'outreach.volunteer_events',
    kind: 'VolunteerEventHeld',
    label: label('志愿服务活动', 'volunteer service events'),
    unit: '场',
  },
  {
    key: 'outreach.participants',
    kind: 'ActivityAttended',
    label: label('活动参加人数', 'participants of activities'),
    unit: '人',
  },
  {
    key: 'outreach.universities',
    kind: 'UniversityVisited',
    label: label('巡讲高校', 'universities visited'),
    unit: '所',
  },
  {
    key: 'outreach.donor_day_events',
    kind: 'DonorDayEventHeld',
    label: label('捐献者日活动', 'donor day events'),
    unit: '次',
  },
  { key: 'outreach.online_events', kind: 'OnlineEventHeld', label: label('线上宣传活动', 'online events'), unit: '次' },
  {
    key: 'outreach.psa_published',
    kind: 'PublicNoticePublished',
    label: label('发布公益广告', 'public service advertisements'),
    unit: '次',
  },
  {
    key: 'outreach.psa_cities',
    kind: 'PublicNoticeCity',
    label: label('投放公益广告的地级市', 'cities with the advertisement'),
    unit: '个',
  },
  {
    key: 'outreach.wechat_articles',
    kind: 'ArticlePublished',
    label: label('公众号发布文章', 'articles published'),
    unit: '篇',
  },
  { key: 'outreach.wechat_reads', kind: 'ArticleRead', label: label('公众号阅读量', 'article reads'), unit: '人次' },
  {
    key: 'volunteer.teams_new',
    kind: 'VolunteerTeamFormed',
    label: label('新建志愿服务队', 'volunteer teams formed'),
    unit: '支',
  },
  {
    key: 'volunteer.orgs_new',
    kind: 'VolunteerOrgFormed',
    label: label('新增志愿服务组织', 'new volunteer organisations'),
    unit: '个',
  },
  {
    key: 'volunteer.participants',
    kind: 'VolunteerTookPart',
    label: label('参与志愿者', 'volunteers taking part'),
    unit: '人',
  },
  {
    key: 'volunteer.hours',
    kind: 'VolunteerHours',
    label: label('志愿服务时长', 'volunteer hours'),
    unit: '小时',
    step: '0.5',
  },
  {
    key: 'donation.escorted_donors',
    kind: 'DonorEscorted',
    label: label('陪护服务的捐献者', 'donors accompanied'),
    unit: '人',
  },
] as const satisfies readonly CountedThing[];
