/** What was drawn step by step, to go back and forth. */
export class History {
  constructor(plan) {
    this.present = plan;
    this.before = [];
    this.after = [];
  }

  step(plan) {
    this.before.push(this.present);
    if (this.before.length > 200) this.before.shift();
    this.present = plan;
    this.after = [];
  }

  back() {
    if (!this.before.length) return false;
    this.after.push(this.present);
    this.present = this.before.pop();
    return true;
  }

  forth() {
    if (!this.after.length) return false;
    this.before.push(this.present);
    this.present = this.after.pop();
    return true;
  }
}
