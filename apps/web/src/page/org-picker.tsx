import { TreeSelect } from 'antd';
import { useMemo } from 'react';
import { go } from '../address';
import { useWords, type Words } from '../language';
import type { Org } from '../api/answers';
import { useView } from '../view';

interface Branch {
  value: string;
  title: string;
  disabled?: boolean;
  children: Branch[];
}

/** The orgs as a tree; those below `parent`, or from the root. */
export function growTree(orgs: ReadonlyMap<string, Org>, { name }: Words, parent: string | null = null): Branch[] {
  return [...orgs.values()]
    .filter((org) => org.parent === parent)
    .map((org) => ({ value: org.org, title: name(org), children: growTree(orgs, { name } as Words, org.org) }));
}

export function OrgPicker() {
  const words = useWords();
  const { org, orgs, status } = useView();
  const tree = useMemo(() => growTree(orgs, words), [orgs, words]);
  return (
    <TreeSelect
      aria-label={words.t('org')}
      value={org}
      onChange={(to: string) => go({ org: to === status.root ? undefined : to })}
      treeData={tree}
      treeDefaultExpandAll
      showSearch={{ treeNodeFilterProp: 'title' }}
      className="org-picker"
    />
  );
}
