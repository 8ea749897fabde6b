const NOTES_KEPT = 20;

/** What is to be said of one archive or folder; not more than anybody reads. */
export class JobNotes {
  readonly list: string[] = [];

  /** As `add`, for what many samples of an archive say alike. */
  addOnce(text: string): void {
    if (!this.list.includes(text)) this.add(text);
  }

  add(text: string): void {
    if (this.list.length < NOTES_KEPT) this.list.push(text);
    else if (this.list.length === NOTES_KEPT) this.list.push('further notes left out');
  }
}
