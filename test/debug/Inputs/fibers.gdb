set width 0
info fibers
fiber 2
fiber 2 bt
fiber 2 bt full
fiber 3 bt full
fiber 4 bt full
python
try:
    gdb.execute("fiber 7")
except gdb.error as error:
    print(error)
end
