/** For tools that do not read .vue files (ESLint); vue-tsc takes each component's own types. */
declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
