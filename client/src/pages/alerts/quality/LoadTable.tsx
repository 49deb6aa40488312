import type { AlarmKpiDto, AlarmLoadDto } from '#domain/contract/alarm-kpi.js';
import { pointTitle } from '../../../widgets/alert-title';
import { LatheLink } from '../../../widgets/LatheLink';
import { ListTable } from '../../../widgets/ListTable';
import { Panel } from '../../../widgets/Panel';
import { valueWords } from './quality-words';

/** The alarms that come most often; those that chatter or flit are among them, or follow below. */
export function LoadTable({ kpi: { top, chattering, fleeting } }: { kpi: AlarmKpiDto }) {
  const known = new Set(top.map(keyOf));
  const others = new Map([...chattering, ...fleeting].map((load) => [keyOf(load), load]));
  for (const key of known) others.delete(key);
  return (
    <Panel title="Most frequent alarms">
      {top.length === 0 ? (
        <p className="dim">No alarm was raised.</p>
      ) : (
        <ListTable columns={['Alarm', 'Lathe', 'Alarms', 'Share', 'Chattering', 'Fleeting']}>
          {top.map((load) => (
            <LoadRow key={keyOf(load)} load={load} />
          ))}
          {others.size > 0 && (
            <tr>
              <td colSpan={6} className="dim">
                Also chattering or fleeting
              </td>
            </tr>
          )}
          {[...others.values()].map((load) => (
            <LoadRow key={keyOf(load)} load={load} />
          ))}
        </ListTable>
      )}
    </Panel>
  );
}

function LoadRow({ load }: { load: AlarmLoadDto }) {
  return (
    <tr data-load={keyOf(load)}>
      <td>{pointTitle(load.type, load.channel)}</td>
      <td data-label="Lathe">
        <LatheLink latheId={load.latheId} />
      </td>
      <td data-label="Alarms" className="figure">
        {load.alarms.toLocaleString()}
      </td>
      <td data-label="Share" className="figure">
        {valueWords(load.share, 'share')}
      </td>
      <td data-label="Chattering" className="figure">
        {load.chattering || '–'}
      </td>
      <td data-label="Fleeting" className="figure">
        {load.fleeting || '–'}
      </td>
    </tr>
  );
}

const keyOf = ({ latheId, type, channel }: AlarmLoadDto): string => `${latheId}|${type}|${channel ?? ''}`;
