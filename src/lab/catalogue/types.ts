// What pages are given for the catalogue and the frames: pages know the lab, and nothing below it.

export type { CatalogueEntry, EmbedData } from '../../experiments/definition/catalogue';
