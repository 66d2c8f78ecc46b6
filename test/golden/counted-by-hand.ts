/**
 * Figures of entries.csv that a person added up, by org with all below, period and key: each family of kinds has some.
 * The oracle knows the same definitions as the product; these numbers know nothing but the entries.
 */
export const COUNTED_BY_HAND: readonly (readonly [place: string, value: string])[] = [
  // Blood, B in March: 100 whole blood and 12 apheresis donations; 190.5 U; 14.5 doses.
  ['B 2024 blood.donation_times', '112'],
  ['B 2024 blood.collected_units', '190.5'],
  ['B 2024 blood.collected_doses', '14.5'],
  // 190.5 × 0.2 kg = 38.1 kg.
  ['B 2024 blood.collected_tonnes', '0.0381'],
  // With the county's 1.5 in May; the 10 of April are taken back in May.
  ['P 2024 blood.collected_units', '192'],
  ['P 2024-04 blood.collected_units', '10'],
  ['P 2024-05 blood.collected_units', '-8.5'],
  ['P 2024-Q2 blood.collected_units', '1.5'],
  // 108 + 4, and 110 + 2.
  ['P 2024 blood.serology_tested', '112'],
  ['P 2024 blood.serology_reactive', '4'],
  ['P 2024 blood.nat_tested', '112'],
  // 180 + 170.5; 179.5 + 168; 347.5 / 350.5 = 0.991440.
  ['P 2024 blood.component_units', '350.5'],
  ['P 2024 blood.component_units_passed', '347.5'],
  ['P 2024 blood.preparation_pass_rate', '99.14'],
  // 150 + 100 + 0.5; 250 / 250.5 = 0.998004.
  ['P 2024 blood.issued_units', '250.5'],
  ['P 2024 blood.component_use_rate', '99.80'],
  // 8 + 1.5; 56 / 112; 15 / 20.
  ['P 2024 blood.discarded_units', '9.5'],
  ['P 2024 blood.htlv_coverage', '50.00'],
  ['P 2024 blood.online_claim_rate', '75.00'],
  // Samples: 50 sent, 48 arrived.
  ['P 2024 registry.samples_sent', '50'],
  ['P 2024 registry.samples_received', '48'],
  // Payments: a tally of 12 and one donor; one case in 2023, two in 2024.
  ['A 2024 registry.sampling_fee_paid', '13'],
  ['P 2023 donation.consolation_paid', '1'],
  ['P 2024 donation.consolation_paid', '2'],
  // The media: 2 and 1.
  ['P 2024 outreach.reports', '3'],
  // Money: 1,234,567.89 yuan, then 765,432.11: 200 万元 of the 250, later 240, of the budget. 123.456789 / 250 = 0.49383.
  ['A 2024-Q1 finance.executed', '123.456789'],
  ['A 2024 finance.executed', '200'],
  ['A 2024-Q1 finance.execution_rate', '49.38'],
  ['A 2024 finance.adjusted_budget', '240'],
  ['A 2024 finance.execution_rate', '83.33'],
  // Shares are what the org itself said last.
  ['B 2024-Q1 satisfaction.donors', '95.5'],
  ['B 2024 satisfaction.donors', '97'],
  ['P 2024-06 satisfaction.donors', '96'],
  ['P 2024-03 satisfaction.donors', 'missing'],
  ['A 2024-05 satisfaction.donors', '91'],
  // 80, and a slip of 8 that was taken back.
  ['B 2024-02 satisfaction.trainees', '80'],
  // 70 in March, taken back in April.
  ['A 2024-Q1 satisfaction.system_users', '70'],
  ['A 2024-04 satisfaction.system_users', 'missing'],
  ['A 2024-H1 satisfaction.system_users', 'missing'],
  ['A1 2024 satisfaction.beneficiaries', '0'],
  // July has a value of 5 July, and one of 20 June that came late.
  ['B 2024-07 blood.callback_rate', '88'],
  // What adds over orgs: 30 + 10 + 4 + 12, with 11 for A from June on; posts 40 + 12 + 5 + 12. 57 / 69 = 0.82609.
  ['P 2024-01 staff.on_establishment', '56'],
  ['P 2024-06 staff.on_establishment', '11'],
  ['A 2024 staff.on_establishment', '15'],
  ['P 2024 staff.on_establishment', '57'],
  ['P 2024 staff.quota', '69'],
  ['P 2024 staff.control_rate', '82.61'],
  // Reported of the year before the ledger: 400 + 600; 500 / 1000; 183 / 400. Persons are not added over orgs.
  ['P 2022 match.screen_requested', '1000'],
  ['P 2022 rate.screen_agree', '50.00'],
  ['A 2022 rate.screen_agree', '45.75'],
  ['P 2022 donation.donors_distinct', '29'],
  ['A 2022 donation.donors_distinct', '11'],
  ['B 2022 donation.donors_distinct', 'missing'],
  // 31, taken back for 30 after January was closed.
  ['P 2022 donation.completed', '30'],
  ['A 2022 registry.recruited', '0'],
  ['B 2022 blood.collected_units', '190.5'],
  ['P 2022-H1 match.screen_requested', 'missing'],
  ['P 2022 registry.stock_eop', 'missing'],
  ['P 2023-01 donation.completed_cumulative', '89'],
];
