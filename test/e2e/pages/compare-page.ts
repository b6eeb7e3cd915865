import type { Locator, Page } from 'playwright-core';
import { settled } from '../support/watched-page.ts';

/** /compare?…: runs side by side. */
export class ComparePage {
  readonly page: Page;
  readonly legend: Locator;
  readonly charts: Locator;

  constructor(page: Page) {
    this.page = page;
    this.legend = page.getByRole('list', { name: 'Compared runs' }).getByRole('listitem');
    this.charts = page.locator('main figure');
  }

  async open(origin: string, ids: readonly number[]): Promise<void> {
    await this.page.goto(`${origin}/compare?runs=${ids.join(',')}`);
    await this.legend.first().waitFor();
    await settled(this.page);
  }

  /** The table whose heading has these words, as rows of texts. */
  async table(heading: RegExp): Promise<string[][]> {
    const rows = await this.page.locator('section', { has: this.page.getByRole('heading', { name: heading }) }).locator('tbody tr').all();
    return Promise.all(rows.map((row) => row.locator('th, td').allTextContents()));
  }
}
