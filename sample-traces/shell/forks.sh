# Fork children that never exec, programs that are found, and a name that is not.
i=0
while [ $i -lt 20 ]; do
    ( : )
    /bin/true
    i=$((i + 1))
done
./no-such-program 2>/dev/null
echo "$i rounds"
