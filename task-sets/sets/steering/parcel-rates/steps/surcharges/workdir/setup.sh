# The rates have changed since the first step.
sed -i 's/^near,5000,.*/near,5000,1310/' rates.csv
echo 'island,1000,2001' >>rates.csv
rm -f setup.sh
