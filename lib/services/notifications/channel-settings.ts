import { ChannelSettings, DEFAULT_SETTINGS } from '@/lib/schemas/channels';

/** As stored; what a former release did not know is as by default. */
export function readSettings(stored: unknown): ChannelSettings {
  return ChannelSettings.parse({ ...DEFAULT_SETTINGS, ...(stored as object) });
}

/** Only the settings of a request or a row. */
export function settingsIn(given: Partial<ChannelSettings>): Partial<ChannelSettings> {
  return Object.fromEntries(
    Object.keys(ChannelSettings.shape).flatMap((name) => {
      const value = given[name as keyof ChannelSettings];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
