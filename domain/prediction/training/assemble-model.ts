import type { Dataset } from '../dataset.js';
import { MODEL_FORMAT, type Model } from '../model.js';
import { distributionOf, referenceOf } from './describe-rows.js';
import type { Fitted } from './fitting.js';

/** What a kind of training adds to what every model tells of itself. */
export type ModelKind = Pick<Model, 'classification' | 'regression' | 'background' | 'remainingLife'>;

/** The model of a fit to all rows of a dataset. @param seed - of its training */
export function assembleModel(
  { layout, inputs }: Dataset,
  { recipe, sizes, nets }: Fitted,
  seed: number,
  kind: ModelKind,
): Model {
  return {
    format: MODEL_FORMAT,
    layout: layout.name,
    target: layout.target,
    inputs: layout.inputs,
    groups: layout.groups,
    features: recipe,
    sizes,
    nets: nets.length,
    classification: kind.classification,
    regression: kind.regression,
    background: kind.background,
    distribution: distributionOf(inputs, recipe),
    reference: referenceOf(inputs),
    remainingLife: kind.remainingLife,
    seed,
  };
}
