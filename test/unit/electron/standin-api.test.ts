import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import * as standin from '../../electron-standin/electron.ts';
import { Protocol, Session, WebRequest } from '../../electron-standin/session.ts';
import { Screen } from '../../electron-standin/system.ts';
import { UtilityProcess } from '../../electron-standin/utility-process.ts';
import { WebContents, WebFrameMain } from '../../electron-standin/web-contents.ts';
import { PRELOAD_OFFERS } from '../../electron-standin/worlds.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const declarations = join(root, 'node_modules', 'electron', 'electron.d.ts');

/** What electron.d.ts declares: interfaces and classes of its namespace, with their members and events. */
const program = ts.createProgram([declarations], { skipLibCheck: true, types: ['node'], typeRoots: [join(root, 'node_modules', '@types')] });
const checker = program.getTypeChecker();
const namespace = program.getSourceFile(declarations)!.statements.find((statement): statement is ts.ModuleDeclaration => ts.isModuleDeclaration(statement) && statement.name.text === 'Electron')!;
const declared = new Map<string, (ts.ClassDeclaration | ts.InterfaceDeclaration)[]>();
for (const statement of (namespace.body as ts.ModuleBlock).statements) {
  if ((ts.isClassDeclaration(statement) || ts.isInterfaceDeclaration(statement)) && statement.name) declared.set(statement.name.text, [...(declared.get(statement.name.text) ?? []), statement]);
}

function membersOf(type: string, isStatic = false): Set<string> {
  const found = declared.get(type);
  if (!found) throw new Error(`electron.d.ts has no ${type}`);
  if (isStatic) return new Set(found.flatMap(({ members }) => [...members]).flatMap((member) => (ts.canHaveModifiers(member) && member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) && member.name ? [member.name.getText()] : [])));
  return new Set(checker.getPropertiesOfType(checker.getTypeAtLocation(found[0]!)).map(({ name }) => name));
}

function eventsOf(type: string): Set<string> {
  return new Set(
    declared.get(type)!.flatMap(({ members }) =>
      [...members].flatMap((member) => {
        const first = (ts.isMethodDeclaration(member) || ts.isMethodSignature(member)) && member.name.getText() === 'on' ? member.parameters[0]?.type : undefined;
        return first && ts.isLiteralTypeNode(first) && ts.isStringLiteral(first.literal) ? [first.literal.text] : [];
      }),
    ),
  );
}

/** Members of an object or of a class's instances, by their own code; not what EventEmitter brings. */
const own = (prototype: object): string[] => Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor');
const statics = (made: object): string[] => Object.getOwnPropertyNames(made).filter((name) => !['length', 'name', 'prototype'].includes(name));
const instance = (made: { readonly prototype: object }): string[] => own(made.prototype);
const singleton = (made: object): string[] => (Object.getPrototypeOf(made) === Object.prototype ? Object.keys(made) : own(Object.getPrototypeOf(made) as object));

/** Ends of the stand-in that the app never sees, and their reason. */
const BEHIND_THE_SCENES: Readonly<Record<string, readonly string[]>> = {
  WebContents: ['destroy', 'evaluateInPreload', 'targetOf'],
  WebFrameMain: ['of'],
  Menu: [],
};

describe('the stand-in offers nothing that Electron has not', () => {
  it.each([
    ['App', singleton(standin.app)],
    ['Dialog', singleton(standin.dialog)],
    ['IpcMain', singleton(standin.ipcMain)],
    ['NativeTheme', singleton(standin.nativeTheme)],
    ['PowerSaveBlocker', singleton(standin.powerSaveBlocker)],
    ['Screen', instance(Screen)],
    ['Shell', singleton(standin.shell)],
    ['Protocol', instance(Protocol)],
    ['Session', instance(Session)],
    ['WebRequest', instance(WebRequest)],
    ['WebContents', instance(WebContents)],
    ['WebFrameMain', instance(WebFrameMain)],
    ['BrowserWindow', instance(standin.BrowserWindow)],
    ['Menu', instance(standin.Menu)],
    ['MenuItem', instance(standin.MenuItem)],
    ['Notification', instance(standin.Notification)],
    ['UtilityProcess', instance(UtilityProcess)],
    ['IpcRenderer', PRELOAD_OFFERS.ipcRenderer],
    ['ContextBridge', PRELOAD_OFFERS.contextBridge],
  ])('%s', (type, offers) => {
    expect(offers.length).toBeGreaterThan(0);
    const members = membersOf(type);
    expect(offers.filter((name) => !members.has(name))).toEqual([]);
  });

  it.each([
    ['BrowserWindow', statics(standin.BrowserWindow)],
    ['Menu', statics(standin.Menu)],
    ['Notification', statics(standin.Notification)],
    ['UtilityProcess', statics(UtilityProcess)],
    ['WebContents', statics(WebContents)],
    ['WebFrameMain', statics(WebFrameMain)],
  ])('%s, without an instance', (type, offers) => {
    const members = membersOf(type, true);
    expect(offers.filter((name) => !members.has(name) && !BEHIND_THE_SCENES[type]?.includes(name))).toEqual([]);
  });

  it('as names of the module', () => {
    const source = readFileSync(declarations, 'utf8');
    for (const name of Object.keys(standin)) expect(source).toMatch(new RegExp(`(const|class) ${name}\\b|(const|type) \\w+ = ${name}\\b`));
  });

  it.each([
    ['app.ts', 'App'],
    ['browser-window.ts', 'BrowserWindow'],
    ['web-contents.ts', 'WebContents'],
    ['native-theme.ts', 'NativeTheme'],
    ['utility-process.ts', 'UtilityProcess'],
  ])('as events: %s', (file, type) => {
    const source = readFileSync(join(root, 'test', 'electron-standin', file), 'utf8');
    const emitted = [...source.matchAll(/(?:this|one|contents)\.emit\('([\w-]+)'/g)].map(([, name]) => name!);
    expect(emitted.length).toBeGreaterThan(0);
    const events = eventsOf(type);
    expect(emitted.filter((name) => !events.has(name))).toEqual([]);
  });

  it('and using anything else is an error', () => {
    expect(() => (standin.app as unknown as { getGPUInfo(): void }).getGPUInfo()).toThrow('app.getGPUInfo is not in the stand-in');
    expect(() => (standin.BrowserWindow as unknown as { fromId(): void }).fromId()).toThrow('BrowserWindow.fromId is not in the stand-in');
  });
});

describe('the app uses nothing that Electron has not', () => {
  const sources = readdirSync(join(root, 'src-main', 'electron')).map((name) => join(root, 'src-main', 'electron', name));
  const used = ts.createProgram(sources, { skipLibCheck: true, types: ['node'], module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, target: ts.ScriptTarget.ES2024, lib: ['lib.es2024.d.ts'], strict: true, noEmit: true, allowImportingTsExtensions: true });
  const types = used.getTypeChecker();

  /** Every `x.y` of the app's sources whose y electron.d.ts declares, and every one that nobody does. */
  const touched = sources.flatMap((name) => {
    const found: { readonly text: string; readonly declared: boolean }[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isPropertyAccessExpression(node)) {
        const symbol = types.getSymbolAtLocation(node.name);
        const files = symbol?.declarations?.map((each) => each.getSourceFile().fileName) ?? [];
        if (files.some((file) => file.endsWith('electron.d.ts'))) found.push({ text: node.getText(), declared: true });
        else if (!symbol) found.push({ text: `${name}: ${node.getText()}`, declared: false });
      }
      ts.forEachChild(node, visit);
    };
    visit(used.getSourceFile(name)!);
    return found;
  });

  it('as members', () => {
    expect(touched.filter(({ declared: isDeclared }) => isDeclared).map(({ text }) => text)).toEqual(expect.arrayContaining(['app.requestSingleInstanceLock', 'utilityProcess.fork', 'ipcMain.handle', 'session.setPermissionCheckHandler']));
    expect(touched.filter(({ declared: isDeclared }) => !isDeclared)).toEqual([]);
  });
});
