# The second version has been used as well.
python3 stock.py in brush 5 cellar >/dev/null || true
python3 stock.py move 'blue paint' 1 main 'top shelf' >/dev/null || true
rm -f setup.sh
