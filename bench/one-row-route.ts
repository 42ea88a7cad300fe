/** What the bridge is compared with: a route of Fastify's that commits one row for each request, and nothing else. */
import Fastify from 'fastify';
import { Pool } from 'pg';

async function main(port: number, connectionString: string): Promise<void> {
  const pool = new Pool({ connectionString, max: 10 });
  await pool.query('create table if not exists one_row_route (id uuid primary key)');
  const app = Fastify();
  app.post<{ Params: { id: string } }>('/:id', async ({ params }) => {
    await pool.query('insert into one_row_route values ($1)', [params.id]);
    return {};
  });
  app.get('/', () => ({}));
  await app.listen({ host: '127.0.0.1', port });
}

void main(Number(process.argv[2]), process.argv[3] ?? '');
