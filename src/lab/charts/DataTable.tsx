// The numbers of a chart as a table: for screen readers, for copying, for those who want to know exactly.

import { translate } from '@docusaurus/Translate';
import { type ReactNode, useState } from 'react';
import type { ChartDefinition } from '../../experiments/definition/defineExperiment';
import { axisName, type ChartModel, withUnit } from './chartModel';
import styles from './charts.module.css';

export function DataTable({ definition, models }: { definition: ChartDefinition; models: ChartModel[] }): ReactNode {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className={styles.data} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{translate({ id: 'lab.charts.table', message: 'The numbers as a table' })}</summary>
      {isOpen
        ? models.map((model) => (
            <section
              key={model.series[0]?.id ?? ''}
              className={styles.tableBox}
              aria-label={translate({ id: 'lab.charts.numbersOf', message: 'Numbers of: {title}' }, { title: definition.title })}
              // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
              tabIndex={0}
            >
              <table className={styles.table}>
                <caption>{definition.title}</caption>
                <thead>
                  <tr>
                    <th scope="col">{axisName(definition.x)}</th>
                    {model.series.map((series) => (
                      <th key={series.id} scope="col">
                        {axisName({ label: series.label, unit: definition.y.unit })}
                      </th>
                    ))}
                  </tr>
                </thead>
                <tbody>
                  {model.rows.map((row) => (
                    <tr key={row.x}>
                      <th scope="row">{withUnit(row.x, '')}</th>
                      {model.series.map((series) => (
                        <td key={series.id}>{withUnit(row[series.id], '')}</td>
                      ))}
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          ))
        : null}
    </details>
  );
}
