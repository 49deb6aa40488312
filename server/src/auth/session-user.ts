import type { UserType } from '#domain/contract/enums.js';

/** Who a request or a socket acts for; a display is a wall screen with a read-only device token. */
export interface SessionUser {
  userID: string;
  employeeId: string;
  userType: UserType;
  /** id of the session or of the display token, for revocation and limits */
  sessionId: string;
  mustChangePassword?: boolean;
}
