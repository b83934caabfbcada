"""Tables for people."""


def show(title, rows):
    """Prints rows, the first of which is the head, in columns."""
    print(title)
    widths = [max(len(str(row[i])) for row in rows) for i in range(len(rows[0]))]
    for row in rows:
        print("  " + "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip())
    print()
