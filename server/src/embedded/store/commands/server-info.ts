import { hostname, platform, release, totalmem } from 'node:os';
import type { Reply, Request } from './request.js';
import type { Store } from './store.js';

/** The MongoDB release whose behaviour this server keeps to. */
export const VERSION = '7.0.14';
const WIRE_VERSION = 21;

export function hello(_store: Store, request: Request): Reply {
  return {
    helloOk: true,
    [request.name === 'hello' ? 'isWritablePrimary' : 'ismaster']: true,
    maxBsonObjectSize: 16 * 1024 * 1024,
    maxMessageSizeBytes: 48_000_000,
    maxWriteBatchSize: 100_000,
    localTime: new Date(),
    logicalSessionTimeoutMinutes: 30,
    connectionId: 1,
    minWireVersion: 0,
    maxWireVersion: WIRE_VERSION,
    readOnly: false,
  };
}

export function ping(): Reply {
  return {};
}

export function buildInfo(): Reply {
  return {
    version: VERSION,
    versionArray: [...VERSION.split('.').map(Number), 0],
    gitVersion: 'embedded-store',
    modules: [],
    storageEngines: ['lmdb'],
    bits: 64,
    debug: false,
    maxBsonObjectSize: 16 * 1024 * 1024,
  };
}

export function connectionStatus(): Reply {
  return { authInfo: { authenticatedUsers: [], authenticatedUserRoles: [] } };
}

export function getParameter(): Reply {
  return { featureCompatibilityVersion: { version: '7.0' } };
}

export function hostInfo(): Reply {
  return {
    system: { currentTime: new Date(), hostname: hostname(), memSizeMB: Math.floor(totalmem() / 1024 / 1024) },
    os: { type: platform(), version: release() },
  };
}

export const getCmdLineOpts = (): Reply => ({ argv: ['embedded-store'], parsed: {} });

export const getLog = (): Reply => ({ totalLinesWritten: 0, log: [] });
