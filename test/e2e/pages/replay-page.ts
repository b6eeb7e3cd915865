import type { Locator, Page } from 'playwright-core';
import { settled } from '../support/watched-page.ts';

/** /replay/3: the stored answers of a run, and the bench that reasons from one. */
export class ReplayPage {
  readonly page: Page;
  readonly entries: Locator;
  readonly inspector: Locator;
  /** What the bench says of the newest walk. */
  readonly said: Locator;

  constructor(page: Page) {
    this.page = page;
    this.entries = page.getByRole('grid', { name: 'Entries of the replay buffer' });
    this.inspector = page.getByRole('complementary');
    this.said = page.getByText(/^Weights of iteration/);
  }

  async open(origin: string, id: number): Promise<void> {
    await this.page.goto(`${origin}/replay/${id}`);
    await this.entries.waitFor();
    await settled(this.page);
  }

  entry(place: number): Locator {
    return this.entries.locator('[aria-rowindex]').nth(place + 1);
  }

  tab(name: string): Locator {
    return this.page.getByRole('tab', { name });
  }
}
