// Makes tests/schemas/grafana-dashboard.json, the strict form of what tools/dashboards.py writes. In an empty folder with
// this file:
//   npm install @grafana/schema@11.4.0 ts-json-schema-generator
//   npx ts-json-schema-generator --path grafana_schema.ts --type Board --no-type-check --expose none -o schema.json
// The descriptions are then taken out.
import type { Dashboard as RawDashboard, Panel as RawPanel, FieldConfigSource, FieldConfig } from './node_modules/@grafana/schema/dist/esm/raw/dashboard/x/dashboard_types.gen';
import type { Options as TimeSeriesOptions, FieldConfig as TimeSeriesFieldConfig } from './node_modules/@grafana/schema/dist/esm/raw/composable/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
import type { Options as StatOptions } from './node_modules/@grafana/schema/dist/esm/raw/composable/stat/panelcfg/x/StatPanelCfg_types.gen';
export interface PromTarget { refId: string; datasource: { type: string; uid: string }; expr: string; legendFormat?: string; editorMode?: 'code' | 'builder'; range?: boolean; instant?: boolean; }
type Defaults<C> = Omit<FieldConfig, 'custom'> & { custom?: C };
type Common = Omit<RawPanel, 'type' | 'options' | 'fieldConfig' | 'targets'>;
export type TimeSeries = Common & { type: 'timeseries'; options: TimeSeriesOptions; fieldConfig: { defaults: Defaults<TimeSeriesFieldConfig>; overrides: [] }; targets: PromTarget[] };
export type Stat = Common & { type: 'stat'; options: StatOptions; fieldConfig: { defaults: Defaults<Record<string, never>>; overrides: [] }; targets: PromTarget[] };
export type Board = Omit<RawDashboard, 'panels'> & { panels: (TimeSeries | Stat)[] };
