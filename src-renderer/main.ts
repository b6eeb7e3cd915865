import '@fontsource-variable/inter/index.css';
import '@fontsource/jetbrains-mono/400.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/forms.css';
import './styles/tables.css';
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { startConnection } from './connection/client.ts';
import { fetchAhead } from './shell/fetch-ahead.ts';
import { router } from './shell/router.ts';

startConnection();
createApp(App).use(createPinia()).use(router).mount('#app');
void fetchAhead(router);
