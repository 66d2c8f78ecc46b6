import { useLayoutEffect, useRef, type ReactNode } from 'react';
import { nameCells } from './read-table';
import { SaveTable } from './save-table';

interface NumbersTableProps {
  title: string;
  /** Whether the title is to be seen. */
  seen?: boolean;
  className?: string;
  /** That some rows are still read; what is saved is whole. */
  waiting?: boolean;
  /** Its head and bodies. */
  children: ReactNode;
}

/**
 * A table of figures, which can be saved. On a telephone each row of four columns or more is a card; what is too wide
 * is pushed aside.
 */
export function NumbersTable({ title, seen, className = '', waiting, children }: NumbersTableProps) {
  const table = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => {
    if (table.current) nameCells(table.current);
  }, [children]);
  return (
    <div className="table-frame">
      <div className="scroll" tabIndex={0} role="region" aria-label={title}>
        <table ref={table} className={`numbers ${className}`}>
          <caption className={seen ? undefined : 'away'}>{title}</caption>
          {children}
        </table>
      </div>
      {!waiting && <SaveTable title={title} table={table} />}
    </div>
  );
}
