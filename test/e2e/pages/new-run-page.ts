import type { Page } from 'playwright-core';
import { settled } from '../support/watched-page.ts';
import { RunPage } from './run-page.ts';

/** /new: the form of a run. */
export class NewRunPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(origin: string): Promise<void> {
    await this.page.goto(`${origin}/new`);
    await settled(this.page);
  }

  /** Types settings by their names in the configuration. Folded groups are opened first. */
  async set(settings: Readonly<Record<string, string | number>>): Promise<void> {
    for (const [name, value] of Object.entries(settings)) {
      const field = this.page.locator(name === 'seeds' ? '#seeds' : `#setting-${name}`);
      if (!(await field.isVisible())) await this.unfold();
      await field.fill(String(value));
    }
  }

  async unfold(): Promise<void> {
    const folded = this.page.locator('main .fold[aria-expanded="false"]');
    while ((await folded.count()) > 0) await folded.first().click();
  }

  /** Starts what the form says. @returns the page of the (first) run */
  async start(): Promise<RunPage> {
    await this.page.getByRole('button', { name: /^(Start|Queue)/ }).click();
    await this.page.waitForURL(/\/runs\/\d+/);
    return new RunPage(this.page);
  }
}
