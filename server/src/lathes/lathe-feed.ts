import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Subscription } from 'rxjs';
import type { LatheDto } from '#domain/contract/lathe.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { LatheTouch } from '../realtime-bus/lathe-touch.js';
import { signatureOf } from './lathe-view.js';
import { LatheViewService } from './lathe-view.service.js';

/** Changes of one moment make one event. */
const GATHER_MS = 20;

/** Publishes a lathe's view after a touch, where it differs from the one that was published last by whichever process. */
@Injectable()
export class LatheFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger(LatheFeed.name);
  private readonly touched = new Set<string>();
  private subscription: Subscription | undefined;
  private timer: NodeJS.Timeout | undefined;
  private publishing: Promise<void> = Promise.resolve();

  constructor(
    private readonly view: LatheViewService,
    private readonly events: EventBus,
    private readonly touch: LatheTouch,
  ) {}

  onApplicationBootstrap(): void {
    this.subscription = this.touch.touched.subscribe((latheId) => {
      this.touched.add(latheId);
      this.timer ??= setTimeout(() => this.publishTouched(), GATHER_MS);
    });
  }

  async onApplicationShutdown(): Promise<void> {
    this.subscription?.unsubscribe();
    clearTimeout(this.timer);
    await this.publishing;
  }

  /** Publishes those of `views` that say something new. */
  async publishChanged(views: readonly LatheDto[]): Promise<void> {
    const said = await this.events.lastLatheSignatures(views.map(({ id }) => id));
    for (const [i, view] of views.entries()) {
      const signature = signatureOf(view);
      if (said[i] !== signature) await this.events.publishLathe(view, signature);
    }
  }

  /** One round after the other, so that an older view never follows a newer one. */
  private publishTouched(): void {
    this.timer = undefined;
    this.publishing = this.publishing.then(async () => {
      const latheIds = [...this.touched];
      this.touched.clear();
      try {
        await this.publishChanged(await this.view.listOf(latheIds));
      } catch (error) {
        this.log.warn(`Lathe events wait for an engine: ${error instanceof Error ? error.message : error}`);
      }
    });
  }
}
