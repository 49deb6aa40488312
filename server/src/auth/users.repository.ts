import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { UserDocument } from './user.schema.js';

export type User = Pick<
  UserDocument,
  'userID' | 'employeeId' | 'passwordHash' | 'userType' | 'lastLogin' | 'disabled' | 'mustChangePassword'
>;

@Injectable()
export class UsersRepository {
  constructor(@InjectModel(UserDocument.name) private readonly users: Model<UserDocument>) {}

  async findByUserID(userID: string): Promise<User | null> {
    return this.users.findOne({ userID }).lean<User>().exec();
  }

  async findMany(userIDs: readonly string[]): Promise<User[]> {
    return this.users
      .find({ userID: { $in: [...userIDs] } })
      .lean<User[]>()
      .exec();
  }

  async count(): Promise<number> {
    return this.users.countDocuments().exec();
  }

  /** Creates or replaces the account of `userID`; unique indexes refuse a second owner of its employee id. */
  async save(user: Omit<User, 'lastLogin' | 'disabled' | 'mustChangePassword'> & Partial<User>): Promise<void> {
    const { userID, ...fields } = user;
    await this.users
      .updateOne({ userID }, { $set: { disabled: false, mustChangePassword: false, ...fields } }, { upsert: true })
      .exec();
  }

  async recordLogin(userID: string, at: Date): Promise<void> {
    await this.users.updateOne({ userID }, { $set: { lastLogin: at } }).exec();
  }

  async setPassword(userID: string, passwordHash: string): Promise<void> {
    await this.users.updateOne({ userID }, { $set: { passwordHash, mustChangePassword: false } }).exec();
  }
}
