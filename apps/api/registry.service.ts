import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '../../libs/accounts/principal';
import { findRegistries, type RegistryRow } from '../../libs/indicators/registry.queries';

/** The registries of the database, by the principal who asks. */
@Injectable()
export class RegistryService {
  private readonly known = new Map<number, RegistryRow>();

  constructor(private readonly source: DataSource) {}

  async of({ registryId }: Principal): Promise<RegistryRow> {
    const known = this.known.get(registryId);
    if (known) return known;
    for (const registry of await findRegistries(this.source.manager)) this.known.set(registry.registryId, registry);
    const found = this.known.get(registryId);
    if (!found) throw new Error(`an account of registry ${registryId}, which is not there`);
    return found;
  }
}
