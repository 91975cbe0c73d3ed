import { defineConfig } from 'prisma/config';

/** Where Prisma finds the schema. The connection is made by src/runtime/database.ts. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
