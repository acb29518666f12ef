import { custom } from './custom';
import { hpa } from './hpa';
import { manual } from './manual';
import { predictive } from './predictive';
import { reactive } from './reactive';
import type { Strategy, StrategyId } from './strategy';
import { vpa } from './vpa';

export const STRATEGIES: Readonly<Record<StrategyId, Strategy>> = { manual, hpa, vpa, custom, reactive, predictive };
