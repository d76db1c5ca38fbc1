import type { SeenCommand, SimulatedConnection } from './simulator-connection';

/** What a simulator has seen: every connection, open or not, and every command on it. */
export class Ledger {
  /** Every connection ever accepted, oldest first. */
  readonly connections: SimulatedConnection[] = [];
  maxOpen = 0;
  maxOpenApplications = 0;

  get opened(): number {
    return this.connections.length;
  }

  get open(): SimulatedConnection[] {
    return this.connections.filter(connection => !connection.closed);
  }

  get applications(): SimulatedConnection[] {
    return this.connections.filter(connection => connection.kind === 'application');
  }

  get openApplications(): SimulatedConnection[] {
    return this.applications.filter(connection => !connection.closed);
  }

  get monitors(): SimulatedConnection[] {
    return this.connections.filter(connection => connection.kind === 'monitor');
  }

  /** All commands seen, or those of one name, connection by connection. */
  commands(name?: string): SeenCommand[] {
    const all = this.connections.flatMap(connection => connection.commands);
    return name ? all.filter(command => command.name === name) : all;
  }

  becameApplication(): void {
    this.maxOpenApplications = Math.max(this.maxOpenApplications, this.openApplications.length);
  }

  protected enter(connection: SimulatedConnection): void {
    this.connections.push(connection);
    this.maxOpen = Math.max(this.maxOpen, this.open.length);
  }
}
