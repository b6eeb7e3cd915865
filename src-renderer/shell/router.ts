import { createRouter, createWebHistory } from 'vue-router';

/** Every page by its address; what a page shows is in its address, so that a link reopens it. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/runs' },
    { path: '/runs', component: () => import('../features/runs/RunsPage.vue'), meta: { title: 'Runs' } },
    { path: '/runs/:id(\\d+)', component: () => import('../features/live/RunPage.vue'), props: (route) => ({ id: Number(route.params['id']) }), meta: { title: 'Run' } },
    { path: '/new', component: () => import('../features/new-run/NewRunPage.vue'), meta: { title: 'New run' } },
    { path: '/compare', component: () => import('../features/compare/ComparePage.vue'), meta: { title: 'Compare' } },
    { path: '/replay/:id(\\d+)?', component: () => import('../features/replay/ReplayPage.vue'), props: (route) => ({ id: route.params['id'] ? Number(route.params['id']) : undefined }), meta: { title: 'Replay buffer' } },
    { path: '/reproduce', component: () => import('../features/reproduce/ReproducePage.vue'), meta: { title: 'Reproduce' } },
    { path: '/settings', component: () => import('../features/settings/SettingsPage.vue'), meta: { title: 'Settings' } },
    { path: '/:rest(.*)*', component: () => import('./NotFoundPage.vue'), meta: { title: 'Not found' } },
  ],
});
