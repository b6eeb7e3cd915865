// Who may import whom. A row reads: files under `from` may reach these folders and no other of ours.
const MAY = {
  'src-main/contract': [],
  'src-main/formats': ['src-main/contract'],
  'src-main/methods': ['src-main/contract'],
  'src-main/tasks': ['src-main/contract', 'src-main/formats'],
  'src-main/programs': ['src-main/entries.ts'],
  'src-main/engine': ['src-main/contract', 'src-main/formats', 'src-main/methods', 'src-main/programs', 'src-main/entries.ts'],
  'db': ['src-main/contract'],
  'src-main/trainer': ['src-main/contract', 'src-main/formats', 'src-main/methods', 'src-main/tasks', 'src-main/engine', 'src-main/programs', 'src-main/entries.ts', 'db'],
  'src-main/workbench': ['src-main/contract', 'src-main/formats', 'src-main/methods', 'src-main/tasks', 'src-main/engine', 'src-main/trainer', 'src-main/programs', 'db'],
  'src-main/reproduction': ['src-main/contract', 'src-main/workbench', 'db'],
  'src-main/bench': ['src-main/contract', 'src-main/methods', 'src-main/tasks', 'src-main/engine', 'src-main/trainer', 'src-main/workbench', 'db'],
  'src-main/host': ['src-main/contract', 'src-main/reproduction', 'src-main/methods', 'src-main/programs', 'src-main/tasks', 'src-main/engine', 'src-main/trainer', 'src-main/workbench', 'db'],
  'src-main/electron': ['src-main/contract', 'src-main/formats', 'src-main/host', 'src-main/page', 'src-main/programs', 'src-main/terminal', 'src-main/workbench', 'src-main/entries.ts'],
  'src-main/page': ['src-main/contract'],
  'src-main/terminal': ['src-main/contract'],
  'src-main/web': ['src-main/contract', 'src-main/host', 'src-main/page', 'src-main/terminal', 'src-main/workbench', 'src-main/entries.ts'],
  'src-main/cli': ['src-main/bench', 'src-main/reproduction', 'src-main/contract', 'src-main/formats', 'src-main/terminal', 'src-main/workbench', 'src-main/entries.ts'],
  'src-renderer': ['src-main/contract'],
};

const anyOf = (folders) => `^(${folders.map((f) => f.replaceAll('.', '\\.')).join('|')})(/|$)`;

const layering = Object.entries(MAY).map(([from, allowed]) => ({
  name: `layers: ${from}`,
  comment: `${from} may import only ${[from, ...allowed].join(', ')}`,
  severity: 'error',
  from: { path: anyOf([from]) },
  to: { path: '^(src-main|db|src-renderer|test)/', pathNot: anyOf([from, ...allowed]) },
}));

export default {
  forbidden: [
    ...layering,
    {
      name: 'methods are pure tfjs',
      comment: 'A method is tensors in, tensors out: no files, no database, no Electron, no engine.',
      severity: 'error',
      from: { path: '^src-main/methods/' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'], pathNot: 'node_modules/@tensorflow/tfjs-core/' },
    },
    {
      name: 'tasks need no machine',
      comment: 'Only reading a data file touches the disk; a problem family is numbers.',
      severity: 'error',
      from: { path: '^src-main/tasks/', pathNot: '^src-main/tasks/dataset' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'], pathNot: 'node_modules/(ml-matrix|pure-rand)/' },
    },
    { name: 'no cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no unlisted packages',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    { name: 'no development packages in the product', severity: 'error', from: { path: '^(src-main|db)/' }, to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/(@types/|electron/)' } },
    { name: 'nothing orphaned', severity: 'error', from: { orphan: true, pathNot: '^(src-main/contract/|src-renderer/(env|vue-files)\\.d\\.ts)' }, to: {} },
    {
      name: 'a page runs in a browser',
      comment: 'The renderer has no Node: it asks the host through the contract.',
      severity: 'error',
      from: { path: '^src-renderer/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron stays in its host',
      severity: 'error',
      from: { pathNot: '^src-main/electron/' },
      to: { path: 'node_modules/electron/' },
    },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsConfig: { fileName: 'tsconfig.main.json' }, tsPreCompilationDeps: true, enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] } },
};
