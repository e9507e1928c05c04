import ts from 'typescript';

/** A layer is a folder of src. Imports go down only: what is not listed here may not be imported. */
export const allowedLayers: Record<string, readonly string[]> = {
  theme: ['lab', 'css', 'pages'],
  pages: ['lab', 'css', 'theme'],
  css: ['lab'],
  lab: ['views', 'experiments', 'picture', 'simulation'],
  views: ['experiments', 'picture', 'simulation'],
  build: ['experiments', 'picture', 'simulation'],
  command: ['experiments', 'simulation'],
  experiments: ['picture', 'simulation'],
  picture: ['simulation'],
  simulation: [],
};

/** Colors as data, for code that cannot read CSS: not a layer of its own. */
const sharedData = ['src/css/palette.json'];

/** These layers run in Node, in a worker and in the page alike. */
const withoutPage = ['simulation', 'picture', 'experiments', 'command'];

/** What ECMAScript defines to the last digit. Everything else in Math differs between engines, or is random. */
const exactMath = new Set(
  'abs ceil clz32 floor fround imul max min round sign sqrt trunc E LN10 LN2 LOG10E LOG2E PI SQRT1_2 SQRT2'.split(' '),
);

const bannedGlobals = new Set(
  (
    'Date Intl Temporal performance crypto globalThis self window document navigator location localStorage sessionStorage process ' +
    'console setTimeout setInterval setImmediate queueMicrotask requestAnimationFrame fetch Buffer require Worker postMessage eval Function'
  ).split(' '),
);

const bannedMembers = new Set(
  'toLocaleString toLocaleDateString toLocaleTimeString localeCompare toLocaleUpperCase toLocaleLowerCase'.split(' '),
);

/** Libraries that stay one lazy chunk each because a single file imports them. */
const oncePerProject = ['codemirror', '@codemirror/view', '@electric-sql/pglite'];

export interface SourceFile {
  /** From the top of the project, with forward slashes: src/lab/Player.tsx */
  path: string;
  text: string;
}

/** Every broken rule as one sentence: file, line, what was found, what is allowed. */
export function brokenRules(files: readonly SourceFile[]): string[] {
  const messages: string[] = [];
  const importersOf = new Map<string, string[]>();
  for (const file of files) {
    messages.push(...rulesOfFile(file, importersOf));
  }
  for (const [library, importers] of importersOf) {
    for (const importer of importers.slice(1)) {
      messages.push(
        `${importer} imports ${library}, but ${importers[0]} already does; allowed: one file, so that it stays one lazy chunk.`,
      );
    }
  }
  return messages;
}

function rulesOfFile(file: SourceFile, importersOf: Map<string, string[]>): string[] {
  const messages: string[] = [];
  const kind = file.path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true, kind);
  const layer = layerOf(file.path);
  if (layer !== undefined && !(layer in allowedLayers)) {
    messages.push(`${file.path}:1 lies in src/${layer}, which is no layer; allowed: ${Object.keys(allowedLayers).join(', ')}.`);
  }
  const place = (node: ts.Node): string => `${file.path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`;

  const onImport = (node: ts.Node, specifier: string): void => {
    const target = resolve(file.path, specifier);
    if (oncePerProject.includes(specifier)) {
      const importers = importersOf.get(specifier) ?? [];
      importersOf.set(specifier, importers);
      if (!importers.some((importer) => importer.startsWith(`${file.path}:`))) {
        importers.push(place(node));
      }
    }
    if (layer === undefined) {
      return;
    }
    if (layer === 'simulation' && !specifier.startsWith('.')) {
      messages.push(`${place(node)} imports ${specifier}; allowed in src/simulation: files of src/simulation, by relative path.`);
      return;
    }
    if (target === undefined) {
      if (withoutPage.includes(layer) && /^(react|react-dom|@docusaurus|@theme)(\/|$)/.test(specifier)) {
        messages.push(`${place(node)} imports ${specifier}; allowed in src/${layer}: nothing that needs a page.`);
      }
      return;
    }
    const below = layerOf(target);
    const allowed = allowedLayers[layer] ?? [];
    if (below !== undefined && below !== layer && !allowed.includes(below) && !sharedData.includes(target)) {
      const list = allowed.length === 0 ? 'nothing outside itself' : allowed.map((name) => `src/${name}`).join(', ');
      messages.push(`${place(node)} imports ${target} (src/${below}); allowed from src/${layer}: ${list}.`);
    }
    if (!target.startsWith('src/')) {
      messages.push(`${place(node)} imports ${target}, outside src; allowed from src/${layer}: files of src and packages.`);
    }
  };

  const visit = (node: ts.Node): void => {
    if (
      (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) &&
      node.moduleSpecifier &&
      ts.isStringLiteral(node.moduleSpecifier)
    ) {
      onImport(node, node.moduleSpecifier.text);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument) && ts.isStringLiteral(node.argument.literal)) {
      onImport(node, node.argument.literal.text);
    } else if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword &&
      node.arguments[0] &&
      ts.isStringLiteral(node.arguments[0])
    ) {
      onImport(node, node.arguments[0].text);
    } else if (
      ts.isNewExpression(node) &&
      node.expression.getText(source) === 'URL' &&
      node.arguments?.[0] &&
      ts.isStringLiteral(node.arguments[0]) &&
      node.arguments[1]?.getText(source) === 'import.meta.url'
    ) {
      onImport(node, node.arguments[0].text);
    } else if (node.kind === ts.SyntaxKind.AnyKeyword) {
      messages.push(`${place(node)} says any; allowed: a type, or unknown.`);
    } else if (ts.isEnumDeclaration(node)) {
      messages.push(`${place(node)} declares an enum; allowed: a union of strings, or constants.`);
    }
    if (layer === 'simulation') {
      bannedInSimulation(node);
    }
    ts.forEachChild(node, visit);
  };

  const bannedInSimulation = (node: ts.Node): void => {
    if (
      ts.isBinaryExpression(node) &&
      (node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskToken ||
        node.operatorToken.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken)
    ) {
      messages.push(`${place(node)} uses **; allowed: multiplication, or pow of kernel/math.`);
    }
    if (!ts.isIdentifier(node)) {
      return;
    }
    const parent = node.parent;
    const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
    if (isMember && bannedMembers.has(node.text)) {
      messages.push(
        `${place(node)} uses ${node.text}, which depends on the reader's language; allowed: code that gives the same text everywhere.`,
      );
    }
    if (isMember || isNameOnly(node)) {
      return;
    }
    if (node.text === 'Math') {
      const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : undefined;
      if (member === undefined || !exactMath.has(member)) {
        const found = member === undefined ? 'Math as a value' : `Math.${member}`;
        messages.push(
          `${place(node)} uses ${found}; allowed: ${[...exactMath].join(', ')}, and the functions of kernel/math and kernel/random.`,
        );
      }
    } else if (bannedGlobals.has(node.text) && !isDeclaredAround(node)) {
      messages.push(
        `${place(node)} uses ${node.text}; allowed in src/simulation: the language itself, without clock, page, host or locale.`,
      );
    }
  };

  visit(source);
  return messages;
}

/** Names that only name a member ({process: …}, interface members, labels of tuples), and refer to nothing global. */
function isNameOnly(node: ts.Identifier): boolean {
  const parent = node.parent;
  return (
    (ts.isPropertyAssignment(parent) ||
      ts.isPropertySignature(parent) ||
      ts.isPropertyDeclaration(parent) ||
      ts.isMethodDeclaration(parent) ||
      ts.isMethodSignature(parent) ||
      ts.isNamedTupleMember(parent)) &&
    parent.name === node
  );
}

/** A record's window is a fine local name: only the global one is banned. */
function isDeclaredAround(node: ts.Identifier): boolean {
  const binds = (name: ts.BindingName): boolean =>
    ts.isIdentifier(name) ? name.text === node.text : name.elements.some((element) => ts.isBindingElement(element) && binds(element.name));
  const declares = (list: ts.Node | undefined): boolean =>
    list !== undefined && ts.isVariableDeclarationList(list) && list.declarations.some((declaration) => binds(declaration.name));
  for (let scope: ts.Node = node.parent; scope !== undefined; scope = scope.parent) {
    if (ts.isFunctionLike(scope) && scope.parameters.some((parameter) => binds(parameter.name))) {
      return true;
    }
    if ((ts.isForStatement(scope) || ts.isForOfStatement(scope)) && declares(scope.initializer)) {
      return true;
    }
    if (
      (ts.isBlock(scope) || ts.isSourceFile(scope)) &&
      scope.statements.some((s) => ts.isVariableStatement(s) && declares(s.declarationList))
    ) {
      return true;
    }
  }
  return false;
}

function layerOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts[0] === 'src' && parts.length > 2 ? parts[1] : undefined;
}

/** The path that an import means, or undefined for a package. */
function resolve(from: string, specifier: string): string | undefined {
  if (specifier === '@by-the-slice/simulation' || specifier.startsWith('@by-the-slice/simulation/')) {
    return `src/simulation${specifier.slice('@by-the-slice/simulation'.length) || '/index'}`;
  }
  if (specifier.startsWith('@site/')) {
    return specifier.slice('@site/'.length);
  }
  if (!specifier.startsWith('.')) {
    return undefined;
  }
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      parts.pop();
    } else if (part !== '.') {
      parts.push(part);
    }
  }
  // "./" and "../" mean the index of a folder: keep them recognizable as a file inside it.
  return parts.length === 2 && parts[0] === 'src' && parts[1] in allowedLayers ? `${parts.join('/')}/index` : parts.join('/');
}
