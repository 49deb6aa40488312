import type { ChannelName } from '#domain/telemetry/channels.js';
import {
  type FaultSpan,
  type InjectedSample,
  type InjectedSummary,
  mergeSpans,
  spansOf,
} from '#domain/telemetry/injected.js';
import { type Series, SeriesGrid } from '#domain/telemetry/series-grid.js';

interface Span {
  fromMs: number;
  toMs: number;
}

/** Gathers true values and fault spans beside a series, on the same grid. */
export class InjectedSeries {
  private readonly grids = new Map<ChannelName, SeriesGrid>();
  private readonly spans: FaultSpan[] = [];

  constructor(
    private readonly channels: readonly ChannelName[],
    private readonly grid: () => SeriesGrid,
    private readonly span: Span,
  ) {}

  addSamples(samples: readonly InjectedSample[]): void {
    const within = samples.filter(({ t }) => t >= this.span.fromMs && t < this.span.toMs);
    this.spans.push(...spansOf(within));
    for (const { t, truth } of within) {
      for (const name of this.channels) {
        if (truth[name] != null) this.gridOf(name).addSample(t, truth[name]);
      }
    }
  }

  addSummary(startMs: number, { truth, faults }: InjectedSummary): void {
    this.spans.push(...faults);
    for (const name of this.channels) {
      const summary = truth[name];
      if (summary) this.gridOf(name).addSummary(startMs, summary);
    }
  }

  /** True values of those channels whose sensor lied at some time in the span. */
  truth(): Record<string, Series> {
    return Object.fromEntries([...this.grids].map(([name, grid]) => [name, grid.series()]));
  }

  faults(): FaultSpan[] {
    return mergeSpans(this.spans);
  }

  private gridOf(name: ChannelName): SeriesGrid {
    const grid = this.grids.get(name) ?? this.grid();
    this.grids.set(name, grid);
    return grid;
  }
}
