// Where the plot lies in its chart, in px: fixed, so that the cursor can be laid over it without asking the chart.

export const plot = { left: 52, right: 14, top: 8, bottom: 24 } as const;
export const chartHeight = 220;
