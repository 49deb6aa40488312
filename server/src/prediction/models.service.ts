import { Injectable } from '@nestjs/common';
import type { ComparisonDto, ModelDetailDto, RegisteredModelDto } from '#domain/contract/prediction-model.js';
import { gateObjections } from '#domain/prediction/live-evaluation.js';
import { NotFoundError } from '../common/errors.js';
import { EventBus } from '../realtime-bus/event-bus.js';
import { MODEL_FILES } from '../training/model-folder.js';
import { ActiveModel } from './active-model.js';
import type { Evaluation } from './evaluation-run.js';
import { EvaluationThread } from './evaluation-thread.js';
import type { ModelDocument } from './model.schema.js';
import { ModelNotice } from './model-notice.js';
import { ModelsRepository, type StoredModel } from './models.repository.js';
import { ModelNotForLathesError, NotComparableError, NothingToRollBackError } from './prediction.errors.js';
import { fileOf, toModelDto } from './registered-model.js';

/** Registered models: which there are, which one is heard, and how two of them compare. */
@Injectable()
export class ModelsService {
  /** by what was evaluated: a version's content never changes without its sum */
  private readonly evaluations = new Map<string, Promise<Evaluation>>();

  constructor(
    private readonly models: ModelsRepository,
    private readonly active: ActiveModel,
    private readonly notice: ModelNotice,
    private readonly events: EventBus,
    private readonly evaluator: EvaluationThread,
  ) {}

  async list(): Promise<RegisteredModelDto[]> {
    const [models, active] = [await this.models.list(), await this.models.active()];
    return models.map((model) => toModelDto(model, active));
  }

  /** @throws NotFoundError `model_not_found` */
  async get(name: string, version: string): Promise<ModelDetailDto> {
    const model = await this.find(name, version);
    return { ...toModelDto(model, await this.models.active()), card: fileOf(model, MODEL_FILES.card) ?? '' };
  }

  /** The report of its training as HTML. @throws NotFoundError */
  async report(name: string, version: string): Promise<string> {
    const report = fileOf(await this.find(name, version), MODEL_FILES.report);
    if (!report) throw new NotFoundError('report', `of ${name} ${version}`);
    return report;
  }

  /** From its next tick on every lathe is judged by this model. @throws NotFoundError, ModelNotForLathesError */
  async activate(name: string, version: string): Promise<RegisteredModelDto> {
    const model = await this.findForLathes(name, version);
    const before = await this.models.active();
    const at = Math.max(Date.now(), (before?.activeSince?.getTime() ?? 0) + 1); // a clock that was set back
    await this.models.activate(model.name, model.version, new Date(at));
    return this.announce();
  }

  /** Goes back to the model that was active before. @throws NothingToRollBackError */
  async rollBack(): Promise<RegisteredModelDto> {
    const active = await this.models.active();
    const activated = (await this.models.list()).filter(({ activeSince }) => activeSince !== undefined);
    if (!active || activated.length < 2) throw new NothingToRollBackError();
    await this.models.takeBack(active, new Date());
    return this.announce();
  }

  /** Lets a model judge beside the active one without being heard; null: none. @throws NotFoundError, ModelNotForLathesError */
  async challenge(chosen: { name: string; version: string } | null): Promise<RegisteredModelDto[]> {
    if (chosen) await this.findForLathes(chosen.name, chosen.version);
    await this.models.challenge(chosen, new Date());
    await this.tell();
    return this.list();
  }

  /** Two versions on the same tools, which neither has seen. @param a - as NAME:VERSION @throws NotFoundError, NotComparableError */
  async compare(a: string, b: string): Promise<ComparisonDto> {
    const models = [await this.findByText(a), await this.findByText(b)] as const;
    for (const { name, version, summary } of models) {
      if (!summary.forLathes) {
        throw new NotComparableError(
          `${name} ${version} reads rows of the ${summary.layout} layout: lathes tell no such rows.`,
        );
      }
    }
    const [first, second] = [await this.evaluate(models[0]), await this.evaluate(models[1])];
    const objections = gateObjections(second.figures, first.figures);
    const isBetter = objections.length === 0 && second.figures['prAuc']! > first.figures['prAuc']!;
    const { rows, failures, setSha256: sha256 } = first;
    const [one, other] = models;
    return {
      data: {
        source: 'tools run to their end in the simulator, with seeds that no training uses',
        rows,
        failures,
        sha256,
      },
      models: [
        { name: one.name, version: one.version, figures: first.figures },
        { name: other.name, version: other.version, figures: second.figures },
      ],
      better: isBetter ? 1 : objections.length > 0 ? 0 : null,
      verdict:
        objections.length > 0
          ? `${other.name} ${other.version} does not pass the gate: ${objections.join('; ')}.`
          : `${other.name} ${other.version} passes the gate: nothing speaks against activating it.`,
    };
  }

  private evaluate(model: ModelDocument): Promise<Evaluation> {
    const { name, version, files, sha256 } = model;
    const key = `${name} ${version} ${sha256}`;
    const known = this.evaluations.get(key);
    if (known) return known;
    const evaluation = this.evaluator.ask({ name, version, files });
    this.evaluations.set(key, evaluation);
    evaluation.catch(() => this.evaluations.delete(key));
    return evaluation;
  }

  private async announce(): Promise<RegisteredModelDto> {
    await this.tell();
    const active = (await this.models.active())!;
    const dto = toModelDto(active, active);
    await this.events.publish('model', dto);
    return dto;
  }

  private async tell(): Promise<void> {
    await this.notice.send();
    await this.active.look();
  }

  private findByText(text: string): Promise<ModelDocument> {
    const [name = '', version = ''] = text.split(':');
    return this.find(name, version);
  }

  private async find(name: string, version: string): Promise<ModelDocument> {
    const model = await this.models.find(name, version);
    if (!model) throw new NotFoundError('model', `${name} ${version}`);
    return model;
  }

  private async findForLathes(name: string, version: string): Promise<StoredModel> {
    const model = await this.find(name, version);
    if (!model.summary.forLathes) throw new ModelNotForLathesError(`${name} ${version}`, model.summary.layout);
    return model;
  }
}
