// Which tags exist in pages. The course's own are checked and given their data by the build (src/build), so a page imports nothing.

import MDXComponents from '@theme-original/MDXComponents';
import { Checkpoint, Question } from '../lab/tags/Checkpoint';
import { Claim } from '../lab/tags/Claim';
import { Experiment } from '../lab/tags/Experiment';
import { Predict } from '../lab/tags/Predict';
import { Result } from '../lab/tags/Result';
import { Try } from '../lab/tags/Try';

export default { ...MDXComponents, Experiment, Result, Claim, Try, Predict, Checkpoint, Question };
