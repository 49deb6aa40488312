import { Injectable } from '@nestjs/common';
import { Subject } from 'rxjs';

/** Says inside this process that something of a lathe's public view has changed; whoever composes that view listens. */
@Injectable()
export class LatheTouch {
  private readonly subject = new Subject<string>();
  /** Ids of touched lathes, one for each touch. */
  readonly touched = this.subject.asObservable();

  touch(latheId: string): void {
    this.subject.next(latheId);
  }
}
