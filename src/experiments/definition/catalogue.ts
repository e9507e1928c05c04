// What the build hands to the catalogue and to the frames for other sites: plain data, from the registry and from the pages.

import type { ExperimentKind } from './defineExperiment';
import type { Twin, TwinPicture } from './twin';

/** Where an experiment stands in the course. */
export interface ExperimentPage {
  title: string;
  /** Address within the site. */
  path: string;
}

export interface CatalogueEntry {
  id: string;
  title: string;
  question: string;
  kind: ExperimentKind;
  topics: string[];
  /** How long a run takes to watch; absent where there is no clock. */
  playSeconds?: number;
  picture?: TwinPicture;
  page: ExperimentPage;
  /** Address of the bare frame within the site. */
  embed: string;
}

export interface EmbedData {
  twin: Twin;
  page: ExperimentPage;
}
