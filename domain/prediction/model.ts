import { z } from 'zod';
import { FORMULA_INPUTS, FORMULA_NAMES } from './formulas.js';

/** Version of the files' layout; a change that an older reader cannot follow raises it. */
export const MODEL_FORMAT = 1;

const finite = z.number();
const share = z.number().min(0).max(1);
const position = z.number().int().nonnegative();
const name = z.string().min(1).max(120);

const InputSchema = z.strictObject({
  name,
  label: name,
  unit: z.string().max(20),
  categories: z.array(z.string().max(120)).min(1).nullable(),
  group: name,
  actionable: z.boolean(),
});

const QuantitySchema = z
  .strictObject({ name, label: name, unit: z.string().max(20), formula: z.enum(FORMULA_NAMES), of: z.array(position) })
  .refine(({ formula, of }) => of.length === FORMULA_INPUTS[formula], { message: 'has not the inputs of its formula' });

const RecipeSchema = z.strictObject({
  quantities: z.array(QuantitySchema).min(1),
  mean: z.array(finite),
  spread: z.array(z.number().positive()),
  weight: z.number().positive(),
  limits: z.array(z.strictObject({ quantity: position, mode: name, at: finite, gain: share })),
});

const LogisticSchema = z.strictObject({ intercept: finite, slopes: z.array(finite) });

/** Training rows in short: what a row is compared with to tell whether the model knows its kind. */
const DistributionSchema = z.strictObject({
  /** Cholesky factor of the covariance of the standardised quantities, row by row */
  cholesky: z.array(finite),
  /** Mahalanobis distance that one training row in a thousand exceeds */
  limit: z.number().positive(),
  /** range of each quantity among the training rows, with a margin */
  ranges: z.array(z.strictObject({ min: finite, max: finite })),
});

/** Share of training rows in each bin of an input; `edges` are the inner borders. */
const ReferenceSchema = z.strictObject({ edges: z.array(finite), shares: z.array(share) });

const ClassificationSchema = z.strictObject({
  /** failure modes in the order of the net's outputs; the last output is failure itself. Empty: failure alone */
  modes: z.array(z.strictObject({ name, label: name, calibration: LogisticSchema })),
  /** of the log odds of the noisy-OR over the modes (where there are modes) and of the direct output */
  stack: LogisticSchema,
  /** probability from which a row is called a failure */
  threshold: share,
  bounds: z.strictObject({ scores: z.array(finite).min(2), lower: z.array(share), upper: z.array(share) }),
});

const RegressionSchema = z.strictObject({
  /** value that outputs of 0.3 and 0.7 stand for: between them a node is nearly linear */
  low: finite,
  high: finite,
  /** values that can occur; estimates and intervals are kept within */
  min: finite.nullable(),
  max: finite.nullable(),
  /** a ridge regression on the same features, and its share in the estimate beside the nets */
  linear: z.strictObject({ intercept: finite, slopes: z.array(finite), share }),
  /** half-width of the interval: `width` at the value 0, rising by `perUnit` */
  interval: z.strictObject({ coverage: share, width: z.number().nonnegative(), perUnit: z.number().nonnegative() }),
});

/** Correction of Taylor's remaining life and its quantiles, by life used. */
const RemainingLifeSchema = z.strictObject({
  /** upper borders of the bins of life used */
  edges: z.array(finite),
  /** true per estimated remaining life */
  p10: z.array(z.number().nonnegative()),
  p50: z.array(z.number().nonnegative()),
  p90: z.array(z.number().nonnegative()),
});

export const ModelSchema = z
  .strictObject({
    format: z.literal(MODEL_FORMAT),
    layout: z.enum(['ai4i', 'histories', 'table']),
    target: name,
    inputs: z.array(InputSchema).min(1),
    groups: z.array(z.strictObject({ name, label: name })).max(6),
    features: RecipeSchema,
    /** sizes of the layers of each net, and how many nets are averaged */
    sizes: z.array(z.number().int().positive()).min(2),
    nets: z.number().int().positive(),
    classification: ClassificationSchema.nullable(),
    regression: RegressionSchema.nullable(),
    /** rows of inputs that stand for the training rows in explanations */
    background: z.array(z.array(finite)),
    distribution: DistributionSchema,
    reference: z.array(ReferenceSchema),
    remainingLife: RemainingLifeSchema.nullable(),
    seed: z
      .number()
      .int()
      .min(0)
      .max(2 ** 32 - 1),
  })
  .superRefine((model, context) => {
    const bad = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    const { inputs, features, classification, regression } = model;
    const quantities = features.quantities.length;
    if ((classification === null) === (regression === null)) bad([], 'must be either a classification or a regression');
    for (const [i, { of }] of features.quantities.entries()) {
      if (of.some((at) => at >= inputs.length))
        bad(['features', 'quantities', i, 'of'], 'names an input that is not there');
    }
    if (features.mean.length !== quantities) bad(['features', 'mean'], `must hold ${quantities} numbers`);
    if (features.spread.length !== quantities) bad(['features', 'spread'], `must hold ${quantities} numbers`);
    for (const [i, { quantity }] of features.limits.entries()) {
      if (quantity >= quantities) bad(['features', 'limits', i, 'quantity'], 'names a quantity that is not there');
    }
    const groups = new Set(model.groups.map((group) => group.name));
    for (const [i, { group }] of inputs.entries()) {
      if (groups.size > 0 && !groups.has(group)) bad(['inputs', i, 'group'], `${group} is not one of the groups`);
    }
    for (const [i, row] of model.background.entries()) {
      if (row.length !== inputs.length) bad(['background', i], `must hold ${inputs.length} numbers`);
    }
    if (model.distribution.cholesky.length !== quantities ** 2) {
      bad(['distribution', 'cholesky'], `must hold ${quantities ** 2} numbers`);
    }
    if (model.distribution.ranges.length !== quantities)
      bad(['distribution', 'ranges'], `must hold ${quantities} ranges`);
    if (model.reference.length !== inputs.length) bad(['reference'], `must hold ${inputs.length} inputs`);
    if (classification) {
      const slopes = classification.modes.length > 0 ? 2 : 1;
      if (classification.stack.slopes.length !== slopes)
        bad(['classification', 'stack', 'slopes'], `must hold ${slopes}`);
      const { scores, lower, upper } = classification.bounds;
      if (lower.length !== scores.length || upper.length !== scores.length) {
        bad(['classification', 'bounds'], 'must hold as many bounds as scores');
      }
    }
    const outputs = classification ? classification.modes.length + 1 : 1;
    if (regression && regression.linear.slopes.length !== model.sizes[0]) {
      bad(['regression', 'linear', 'slopes'], `must hold ${model.sizes[0]} numbers`);
    }
    if (model.sizes.at(-1) !== outputs) bad(['sizes'], `must end in ${outputs}`);
    const life = model.remainingLife;
    if (life) {
      const bins = life.edges.length + 1;
      for (const quantile of ['p10', 'p50', 'p90'] as const) {
        if (life[quantile].length !== bins) bad(['remainingLife', quantile], `must hold ${bins} numbers`);
      }
    }
  });

/** What a model is, but for its weights. Neither name nor version nor time of training is part of it: the folder tells them. */
export type Model = z.infer<typeof ModelSchema>;
export type Classification = z.infer<typeof ClassificationSchema>;
export type Regression = z.infer<typeof RegressionSchema>;

/** Weights of the averaged nets, layer by layer from the first hidden one: `weights[node][input]`. */
export const WeightsSchema = z.strictObject({
  nets: z.array(
    z.strictObject({
      layers: z.array(z.strictObject({ weights: z.array(z.array(finite)), biases: z.array(finite) })).min(1),
    }),
  ),
});
export type Weights = z.infer<typeof WeightsSchema>;

const EstimateSchema = z.strictObject({ value: finite, low: finite, high: finite });
export type EstimateDto = z.infer<typeof EstimateSchema>;

/** How good a model is, each figure on rows that it was not fitted to. */
export const MetricsSchema = z.strictObject({
  rows: z.number().int().positive(),
  failures: z.number().int().nonnegative(),
  /** how the figures came about */
  method: z.string(),
  /** prAuc, rocAuc, f1, recallAtPrecision90, brier, ece, precision, recall; regression: mae, coverage, … */
  figures: z.record(z.string(), EstimateSchema),
  /** figures of simpler means on the same rows, by their name */
  comparison: z.array(z.strictObject({ name, figures: z.record(z.string(), finite.nullable()) })),
  modes: z.array(
    z.strictObject({ name, failures: z.number().int(), prAuc: finite.nullable(), found: z.number().int() }),
  ),
});
export type Metrics = z.infer<typeof MetricsSchema>;

export const ManifestSchema = z.strictObject({
  format: z.literal(MODEL_FORMAT),
  /** SHA-256 of the training data's bytes, hex */
  data: z.string().regex(/^[0-9a-f]{64}$/),
  seed: z.number().int(),
  /** SHA-256 of every other file of the folder, hex */
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
});
export type Manifest = z.infer<typeof ManifestSchema>;
