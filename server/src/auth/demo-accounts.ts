import type { UserType } from '#domain/contract/enums.js';

export interface DemoAccount {
  userID: string;
  password: string;
  employeeId: string;
  userType: Exclude<UserType, 'display'>;
}

/** The five accounts of the original system, for trying the product out; never created in production. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  { userID: 'Sahil', password: 'man123', employeeId: 'EMP001', userType: 'manager' },
  { userID: 'Rohit', password: 'man123', employeeId: 'EMP002', userType: 'manager' },
  { userID: 'Yash', password: 'op123', employeeId: 'EMP003', userType: 'operator' },
  { userID: 'Raj', password: 'op123', employeeId: 'EMP004', userType: 'operator' },
  { userID: 'Jay', password: 'op123', employeeId: 'EMP005', userType: 'operator' },
];
