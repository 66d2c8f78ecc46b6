import { LoadingOutlined } from '@ant-design/icons';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ConfigProvider } from 'antd';
import enUS from 'antd/locale/en_US';
import zhCN from 'antd/locale/zh_CN';
import { Problem } from './api/request';
import { isSignedOut, sessionQuery } from './api/session';
import { useAppearance } from './appearance';
import { LanguageProvider, useWords } from './language';
import { Boundary } from './page/boundary';
import { Page } from './page/page';
import { Gate } from './session/gate';
import { themeOf } from './theme';

// The library's own mark of waiting moves away, which never ends if the answer came before it had moved in: it stayed
// in the button's name.
const BUTTONS = { autoInsertSpace: false, loadingIcon: <LoadingOutlined aria-hidden /> };

const queries: QueryClient = new QueryClient({
  // A session that has ended is found out by whatever is asked next.
  queryCache: new QueryCache({
    onError: (error) => {
      if (isSignedOut(error)) void queries.refetchQueries(sessionQuery);
    },
  }),
  // The server may be in the same house: what a browser without the internet cannot reach is told, not waited for.
  defaultOptions: {
    mutations: { networkMode: 'always' },
    queries: {
      networkMode: 'always',
      staleTime: 5_000,
      // What the server refused it will refuse again; a server that is starting answers soon.
      retry: (count, error) => count < 2 && error instanceof Problem && error.code === 'unreachable',
    },
  },
});

export function App() {
  return (
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <Themed />
      </QueryClientProvider>
    </LanguageProvider>
  );
}

function Themed() {
  const { language } = useWords();
  const { dark } = useAppearance();
  return (
    <ConfigProvider theme={themeOf(dark)} locale={language === 'zh' ? zhCN : enUS} button={BUTTONS}>
      <Boundary>
        <Gate>
          <Page />
        </Gate>
      </Boundary>
    </ConfigProvider>
  );
}
