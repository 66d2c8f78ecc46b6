import { Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { applicationDataSource } from './data-source';

/** The program's `DataSource`, in the application's role, for every module of the process. */
@Module({})
export class DatabaseModule {
  static forRoot(url: string): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [TypeOrmModule.forRoot({ ...applicationDataSource(url).options, retryAttempts: 0 })],
    };
  }
}
