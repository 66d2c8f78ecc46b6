import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { DomainError } from '../../libs/core/domain-error';
import { findRegistries, type RegistryRow } from '../../libs/indicators/registry.queries';

/** The registry that this office keeps. */
@Injectable()
export class RegistryService {
  private registry: RegistryRow | undefined;

  constructor(private readonly source: DataSource) {}

  /** @throws {DomainError} while the database holds no registry */
  async named(): Promise<RegistryRow> {
    this.registry ??= (await findRegistries(this.source.manager))[0];
    if (this.registry === undefined) {
      throw new DomainError('no_registry', {
        zh: '这个数据库里还没有资料库。',
        en: 'This database holds no registry yet.',
      });
    }
    return this.registry;
  }

  /** @throws {DomainError} while the database holds no registry */
  async id(): Promise<number> {
    return (await this.named()).registryId;
  }
}
