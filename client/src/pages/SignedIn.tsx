import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { startAcknowledging } from '../api/acknowledgements';
import { messageOf } from '../api/problem';
import { SessionContext, useMe, useUser } from '../api/useSession';
import { startLive } from '../live/live';
import { PageLoading, PageState } from '../widgets/PageState';
import { DashboardPage } from './dashboard/DashboardPage';
import { Shell } from './shell/Shell';

const LathePage = lazy(() => import('./lathe/LathePage').then((m) => ({ default: m.LathePage })));
const AlertsPage = lazy(() => import('./alerts/AlertsPage').then((m) => ({ default: m.AlertsPage })));
const QualityPage = lazy(() => import('./alerts/quality/QualityPage').then((m) => ({ default: m.QualityPage })));
const LimitsPage = lazy(() => import('./alerts/limits/LimitsPage').then((m) => ({ default: m.LimitsPage })));
const JobsPage = lazy(() => import('./jobs/JobsPage').then((m) => ({ default: m.JobsPage })));
const ManagerPage = lazy(() => import('./manager/ManagerPage').then((m) => ({ default: m.ManagerPage })));
const NotificationsSection = lazy(() =>
  import('./admin/NotificationsSection').then((m) => ({ default: m.NotificationsSection })),
);
const ModelsSection = lazy(() => import('./admin/models/ModelsSection').then((m) => ({ default: m.ModelsSection })));
const AuditSection = lazy(() => import('./admin/AuditSection').then((m) => ({ default: m.AuditSection })));
const PasswordPage = lazy(() => import('./password/PasswordPage').then((m) => ({ default: m.PasswordPage })));
const NotFoundPage = lazy(() => import('./NotFoundPage').then((m) => ({ default: m.NotFoundPage })));

/** Everything behind the login: who is here, the live stream, and the pages in the shell. */
export function SignedIn() {
  const me = useMe();
  const [path] = useLocation();
  if (me.isPending) return <PageLoading />;
  if (me.data === null) return <Redirect to={loginPath(path)} replace />;
  if (!me.data) {
    return (
      <PageState title="The server does not answer" detail={messageOf(me.error)}>
        <Button onClick={() => me.refetch()} loading={me.isFetching}>
          Try again
        </Button>
      </PageState>
    );
  }
  if (me.data.mustChangePassword) {
    return (
      <SessionContext value={me.data}>
        <PasswordPage />
      </SessionContext>
    );
  }
  const home = me.data.userType === 'manager' ? '/manager' : '/dashboard';
  return (
    <SessionContext value={me.data}>
      <Live />
      <Shell>
        <Suspense fallback={<PageLoading />}>
          <Switch>
            <Route path="/">
              <Redirect to={home} replace />
            </Route>
            <Route path="/dashboard" component={DashboardPage} />
            <Route path="/lathes/:id">{({ id }) => <LathePage key={id} latheId={id} />}</Route>
            <Route path="/alerts" component={AlertsPage} />
            <Route path="/alerts/quality" component={QualityPage} />
            <Route path="/alerts/limits" component={LimitsPage} />
            <Route path="/jobs/:latheId?">{({ latheId }) => <JobsPage latheId={latheId} />}</Route>
            <Route path="/manager" component={ManagerPage} />
            <Route path="/admin">
              <Redirect to="/admin/notifications" replace />
            </Route>
            <Route path="/admin/notifications" component={NotificationsSection} />
            <Route path="/admin/models" component={ModelsSection} />
            <Route path="/admin/audit" component={AuditSection} />
            <Route component={NotFoundPage} />
          </Switch>
        </Suspense>
      </Shell>
    </SessionContext>
  );
}

function Live() {
  const cache = useQueryClient();
  const { userID } = useUser();
  useEffect(() => startLive(cache), [cache]);
  useEffect(() => startAcknowledging(userID), [userID]);
  return null;
}

function loginPath(path: string): string {
  const here = path + window.location.search;
  return here === '/' ? '/login' : `/login?next=${encodeURIComponent(here)}`;
}
