import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { type JudgedAlert, verdictOf } from '#domain/prediction/live-score.js';
import { AlertTransitionDocument } from '../alerts/alert-transition.schema.js';

const RISK_POINT = /^([^|]+)\|FAILURE_RISK(\||$)/;

/** What people have said of risk alerts when they acknowledged them. Only reads. */
@Injectable()
export class VerdictsRepository {
  constructor(
    @InjectModel(AlertTransitionDocument.name) private readonly transitions: Model<AlertTransitionDocument>,
  ) {}

  async between(fromMs: number, toMs: number): Promise<JudgedAlert[]> {
    const found = await this.transitions
      .find(
        { at: { $gte: new Date(fromMs), $lte: new Date(toMs) }, event: 'acknowledged' },
        { _id: 0, at: 1, point: 1, comment: 1 },
      )
      .sort({ at: 1 })
      .lean<Pick<AlertTransitionDocument, 'at' | 'point' | 'comment'>[]>()
      .exec();
    return found.flatMap(({ at, point, comment }) => {
      const latheId = RISK_POINT.exec(point ?? '')?.[1];
      const verdict = verdictOf(comment);
      return latheId && verdict ? [{ latheId, atMs: at.getTime(), verdict }] : [];
    });
  }
}
