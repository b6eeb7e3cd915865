import type { Locator, Page } from 'playwright-core';
import { settled } from '../support/watched-page.ts';

/** /runs: the list, or the welcome where there is none. */
export class RunsPage {
  readonly page: Page;
  readonly filter: Locator;
  readonly rows: Locator;
  readonly foot: Locator;

  constructor(page: Page) {
    this.page = page;
    this.filter = page.getByRole('combobox', { name: 'Filter runs' });
    this.rows = page.locator('[data-run]');
    this.foot = page.locator('footer');
  }

  async open(origin: string): Promise<void> {
    await this.page.goto(`${origin}/runs`);
    await settled(this.page);
  }

  row(id: number): Locator {
    return this.page.locator(`[data-run="${id}"]`);
  }

  async choose(...ids: number[]): Promise<void> {
    for (const id of ids) await this.row(id).locator('[data-check]').click();
  }

  /** Waits until the foot counts so many. */
  async counts(text: string | RegExp): Promise<void> {
    await this.foot.getByText(text).first().waitFor();
  }
}
