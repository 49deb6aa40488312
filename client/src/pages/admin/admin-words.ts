import type { AuditAct, AuditOutcome, AuditVerdict } from '#domain/contract/audit.js';
import type { ChannelDto, DeliveryState, News } from '#domain/contract/notification.js';

export const ACT_WORDS: Record<AuditAct, string> = {
  signedIn: 'Signed in',
  signInFailed: 'Failed to sign in',
  signedOut: 'Signed out',
  passwordChanged: 'Changed their password',
  userCreated: 'Added a user',
  userChanged: 'Changed a user',
  displayTokenCreated: 'Added a wall screen',
  displayTokenRevoked: 'Removed a wall screen',
  jobStarted: 'Started a job',
  jobStopped: 'Stopped a job',
  faultInjected: 'Injected a fault',
  faultEnded: 'Ended a fault',
  alertRaised: 'Raised an alert',
  alertAcknowledged: 'Acknowledged an alert',
  alertResolved: 'Resolved an alert',
  alertReset: 'Reset an alert',
  alertShelved: 'Shelved an alert',
  alertUnshelved: 'Took an alert off the shelf',
  alertTakenOutOfService: 'Took an alert out of service',
  alertReturnedToService: 'Put an alert back in service',
  thresholdsChanged: 'Changed limits',
  maintenancePlanned: 'Planned maintenance',
  maintenanceEnded: 'Ended maintenance',
  latheReleased: 'Released a locked lathe',
  latheChanged: 'Changed a lathe',
  toolAdded: 'Added a tool',
  toolChanged: 'Changed a tool',
  materialAdded: 'Added a material',
  materialChanged: 'Changed a material',
  modelTrainingStarted: 'Started training a model',
  modelTrainingCancelled: 'Cancelled training a model',
  modelActivated: 'Activated a model',
  modelChallenged: 'Chose the challenger of the model',
  notificationSettingsChanged: 'Changed notifications',
  notificationTested: 'Tested a notification',
};

export const OUTCOME_WORDS: Record<AuditOutcome, string> = {
  done: 'Done',
  failed: 'Broke off',
  unknown: 'Not known',
};

const FAULT_WORDS: Record<NonNullable<AuditVerdict['fault']>, string> = {
  altered: 'was altered',
  missing: 'is missing',
  unlinked: 'is not in its place',
  cutOff: 'and what came after it were cut off',
};

export function verdictWords({ ok, checked, firstBroken, fault }: AuditVerdict): string {
  if (ok) return checked === 0 ? 'There are no entries yet.' : `All ${checked} entries are as they were written.`;
  return `Entry ${firstBroken} ${fault ? FAULT_WORDS[fault] : 'is broken'}.`;
}

export const NEWS_WORDS: Record<News, string> = {
  raised: 'An alert is raised',
  acknowledged: 'Somebody acknowledges it',
  over: 'It is over',
};

export const DELIVERY_WORDS: Record<DeliveryState, string> = {
  waiting: 'Waiting',
  sending: 'Being sent',
  retrying: 'Tried again soon',
  delivered: 'Delivered',
  failed: 'Failed',
  held: 'Held for one message',
  digested: 'Told in one message',
  notNeeded: 'Not needed',
};

/** When and of what a channel tells. */
export function routeWords({ priorities, lathes, afterMinutes, limit }: ChannelDto): string {
  const list = [...priorities].sort().join(', ');
  const where = lathes === 'all' ? 'all lathes' : lathes.length === 1 ? lathes[0] : `${lathes.length} lathes`;
  const when = afterMinutes === 0 ? 'at once' : `after ${afterMinutes} min without acknowledgement`;
  return `Priority ${list} of ${where}, ${when}; at most ${limit.messages} in ${limit.perMinutes} min`;
}

export const placeWords = (channel: ChannelDto): string =>
  channel.kind === 'webhook' ? channel.url : channel.to.join(', ');
