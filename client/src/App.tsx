import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { whenSignedOut } from './api/http';
import { keys } from './api/keys';
import { queryClient } from './api/query-client';
import { SignedIn } from './pages/SignedIn';
import { cssVariables, theme } from './theme/theme';
import { Notices } from './widgets/Notices';
import { PageLoading } from './widgets/PageState';

const LoginPage = lazy(() => import('./pages/login/LoginPage').then((m) => ({ default: m.LoginPage })));

whenSignedOut(() => queryClient.setQueryData(keys.me, null));

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="dark">
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={<PageLoading />}>
          <Switch>
            <Route path="/login" component={LoginPage} />
            <Route component={SignedIn} />
          </Switch>
        </Suspense>
        <Notices />
      </QueryClientProvider>
    </MantineProvider>
  );
}
