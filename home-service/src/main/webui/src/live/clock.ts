/** The server's clock as this page knows it: the page's own, corrected by what each event of the stream said. */
export class ServerClock {
  private offset = 0;

  constructor(private readonly own: () => number = Date.now) {}

  heard(now: string): void {
    const said = Date.parse(now);
    if (!Number.isNaN(said)) this.offset = said - this.own();
  }

  now(): number {
    return this.own() + this.offset;
  }
}
