import { FRAMEWORK_IDS, FRAMEWORKS, isOfFramework } from '@/lib/magics/frameworks';
import { OwnRule } from '@/lib/magics/own-rules/own-rule';
import { DEFAULT_WEIGHTS, FOCUS_FACTOR } from '@/lib/magics/policy';
import { PRESET_IDS } from '@/lib/magics/presets';
import { magics } from '@/lib/magics/registry';
import { SEVERITIES } from '@/lib/magics/types';
import { type AvailableOptions, Configuration, SECTION_IDS } from '@/lib/schemas/configuration';
import { differencesOf } from '@/lib/schemas/differences';
import { DEFAULT_CONFIGURATION, presetConfiguration } from './configuration-layers';
import { fieldsOf, toJsonSchema } from './option-fields';
import { toRuleView } from './rule-view';

let made: AvailableOptions | undefined;

/** All that a configuration can hold, read from the schemas. It does not change while the process runs. */
export function availableOptions(): AvailableOptions {
  made ??= makeOptions();
  return made;
}

function makeOptions(): AvailableOptions {
  const rules = magics.flatMap((magic) => magic.rules);
  return {
    fields: fieldsOf(Configuration, DEFAULT_CONFIGURATION, ['ownRules']),
    magics: magics.map(({ id, title, rules: own }) => ({
      magic: id,
      title,
      weight: DEFAULT_WEIGHTS[id],
      rules: own.length,
    })),
    rules: rules.map((rule) => {
      const { ruleId, catalogue, group, title, severity, weight, limits, options, tags } = toRuleView(rule);
      const optionsSchema = toJsonSchema(rule.options);
      return {
        ruleId,
        magic: rule.magic,
        catalogue,
        group,
        title,
        severity,
        weight,
        limits,
        options,
        optionsSchema,
        tags,
      };
    }),
    severities: [...SEVERITIES],
    presets: PRESET_IDS.map((preset) => {
      const configuration = presetConfiguration(preset);
      return { preset, configuration, differences: differencesOf(DEFAULT_CONFIGURATION, configuration) };
    }),
    frameworks: FRAMEWORK_IDS.map((frameworkId) => ({
      frameworkId,
      title: FRAMEWORKS[frameworkId].title,
      rules: rules.filter(({ tags }) => isOfFramework(frameworkId, tags)).length,
    })),
    sections: [...SECTION_IDS],
    focusFactor: FOCUS_FACTOR,
    ownRuleSchema: toJsonSchema(OwnRule),
  };
}
