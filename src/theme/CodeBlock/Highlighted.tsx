// Docusaurus' own code block, with the grammars of the languages that the site's configuration adds.

import includeLanguages from '@theme/prism-include-languages';
import CodeBlock from '@theme-original/CodeBlock';
import { Prism } from 'prism-react-renderer';

includeLanguages(Prism);

export default CodeBlock;
