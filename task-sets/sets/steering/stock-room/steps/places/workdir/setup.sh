# People have used the program since the first step.
python3 stock.py in 'blue paint' 3 >/dev/null || true
python3 stock.py in brush 12 >/dev/null || true
python3 stock.py out brush 2 >/dev/null || true
rm -f setup.sh
