import { createContext, useContext } from 'react';
import type { IndicatorDefinition } from '../../../libs/catalogue/indicator-definition';
import type { KindDefinition } from '../../../libs/catalogue/kind-definition';
import type { MetricDefinition } from '../../../libs/catalogue/metric-definition';
import { go, type Address } from './address';
import type { Catalogue, Entry, Org, Status } from './api/answers';
import type { FigureAddress, Part } from './api/queries';
import type { Draft } from './logging/entry-draft';

/** What the form that logs an entry begins with. */
export interface Beginning {
  readonly draft: Draft;
  /** The entry in the place of which it is logged. */
  readonly replaces?: Entry;
}

/** What every part of the page looks at: the registry, its definitions, and the period and org that are chosen. */
export interface View {
  readonly status: Status;
  readonly catalogue: Catalogue;
  readonly kinds: ReadonlyMap<string, KindDefinition>;
  readonly metrics: ReadonlyMap<string, MetricDefinition>;
  readonly indicators: ReadonlyMap<string, IndicatorDefinition>;
  readonly orgs: ReadonlyMap<string, Org>;
  readonly period: string;
  readonly org: string;
  /** Opens the form that logs an entry. */
  readonly log: () => void;
  /** Opens it with something filled in. */
  readonly logAs: (beginning: Beginning) => void;
}

export const ViewContext = createContext<View | null>(null);

export function useView(): View {
  const view = useContext(ViewContext);
  if (!view) throw new Error('useView outside ViewContext');
  return view;
}

function byKey<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [key(item), item]));
}

export function lookUps(catalogue: Catalogue, orgs: readonly Org[]) {
  return {
    kinds: byKey(catalogue.kinds, (kind) => kind.code),
    metrics: byKey(catalogue.metrics, (metric) => metric.key),
    indicators: byKey(catalogue.indicators, (indicator) => indicator.key),
    orgs: byKey(orgs, (org) => org.org),
  };
}

/** Opens the list behind a figure, in the address so that it can be sent on. */
export function openFigure(figure: FigureAddress, part?: Part): void {
  go({ figure: figure.key, at: figure.period, of: figure.org, own: figure.own ? '1' : undefined, part });
}

/** An address without a figure whose entries are listed. */
export const NO_FIGURE: Address = {
  ...{ figure: undefined, at: undefined, of: undefined, own: undefined, part: undefined, asOf: undefined },
};

/** @param to where one goes instead, if not back to what lies below it */
export function closeFigure(to: Address = {}): void {
  go({ ...NO_FIGURE, ...to });
}
