import { useAddress } from '../address';
import { ImportBegin } from './import-begin';
import { ImportHistory } from './import-history';
import { ImportOpened } from './import-opened';
import '../styles/imports.css';
import '../texts/entries';
import '../texts/imports';
import '../texts/logging';

/** Files of entries: how one goes in, what becomes of it, and all that did. */
export default function Imports() {
  const { file } = useAddress();
  if (file !== undefined) return <ImportOpened key={file} id={file} />;
  return (
    <>
      <ImportBegin />
      <ImportHistory />
    </>
  );
}
