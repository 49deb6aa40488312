import {
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { LiveModel } from '#domain/prediction/live-model.js';
import { Repeat } from '../common/repeat.js';
import { ModelNotice } from './model-notice.js';
import { ModelShelf } from './model-shelf.js';
import { ModelsRepository, type StoredModel } from './models.repository.js';
import { readEntry } from './registered-model.js';

/** A notice may get lost; the store is asked anyway. */
const LOOK_EVERY_MS = 5000;

/**
 * The model that judges lathes in this process. A new one is read and built beside the old one and takes its place in a
 * single assignment, so that every tick is judged by one or the other.
 */
@Injectable()
export class ActiveModel implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  /** null: the physical model judges */
  current: LiveModel | null = null;
  /** judges beside the active one without being heard */
  challenger: LiveModel | null = null;

  private readonly logger = new Logger(ActiveModel.name);
  private readonly rounds: Repeat;
  private looking: Promise<void> = Promise.resolve();
  private currentKey: string | null = null;
  private challengerKey: string | null = null;

  constructor(
    private readonly models: ModelsRepository,
    private readonly shelf: ModelShelf,
    private readonly notice: ModelNotice,
  ) {
    this.rounds = new Repeat(ActiveModel.name, LOOK_EVERY_MS, () => this.look());
  }

  async onModuleInit(): Promise<void> {
    await this.shelf.fill();
    await this.look();
  }

  async onApplicationBootstrap(): Promise<void> {
    this.rounds.start();
    await this.notice.listen(() => void this.look().catch((error: Error) => this.logger.warn(error.message)));
  }

  async onModuleDestroy(): Promise<void> {
    await this.rounds.stop();
    await this.looking.catch(() => undefined);
  }

  /** Brings this process in line with the store; looks follow each other. */
  look(): Promise<void> {
    this.looking = this.looking.catch(() => undefined).then(() => this.compare());
    return this.looking;
  }

  private async compare(): Promise<void> {
    const [active, challenger] = [await this.models.active(), await this.models.challenger()];
    if (keyOf(active) !== this.currentKey) {
      const next = active && (await this.build(active));
      this.current = next;
      this.currentKey = keyOf(active);
      this.logger.log(
        next ? `Lathes are judged by ${next.name} ${next.version}` : 'Lathes are judged by physics alone',
      );
    }
    if (keyOf(challenger) !== this.challengerKey) {
      this.challenger = challenger && (await this.build(challenger));
      this.challengerKey = keyOf(challenger);
    }
  }

  private async build({ name, version }: StoredModel): Promise<LiveModel | null> {
    const stored = await this.models.find(name, version);
    if (!stored) return null;
    try {
      const { model, weights } = readEntry(stored);
      return new LiveModel(name, version, model, weights);
    } catch (error) {
      this.logger.error(`Model ${name} ${version} cannot judge: ${(error as Error).message}`);
      return null;
    }
  }
}

function keyOf(stored: StoredModel | null): string | null {
  return stored && `${stored.name} ${stored.version} ${stored.sha256}`;
}
